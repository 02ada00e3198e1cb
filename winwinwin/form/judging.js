// Judging is looking up: the data hold the row of every combination of facts, and what each row says. Text is
// only ever set as text, so that nothing that is typed can act.
const data = JSON.parse(document.getElementById("data").textContent);
const FACTS = new Map(data.facts.map((fact) => [fact.name, fact]));
const MISSING = null;

// The row of some facts; undefined where no interaction can have them all.
function judged(facts) {
  let place = 0;
  for (const {name, values} of data.facts) {
    const digit = values.indexOf(facts[name] ?? MISSING);
    place = place * (values.length + 1) + (digit < 0 ? values.length : digit);
  }
  return data.rows[data.kinds[place]];
}

// Whether a value is one that a fact can have.
const known = (name, value) => FACTS.has(name) && FACTS.get(name).values.includes(value);

const byId = (id) => document.getElementById(id);
const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "click") made.addEventListener("click", value);
    else if (value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

const button = (words, look, click) => element("button", {type: "button", class: look, click}, words);

// What the row of some facts says: who won, the verdict, and the lines about it.
function card(facts, heading) {
  const [verdict, , said] = judged(facts);
  const [triple, [[, sentence]], ...lines] = said.map((number) => data.said[number]);
  const parties = triple.map(([party, outcome, tone]) =>
    element("div", {class: `party ${tone}`}, element("b", {}, outcome), " ", element("span", {}, party)));
  const about = lines.flatMap((line) => [element("dt", {}, line[0][0]),
    element("dd", {}, ...line.map(([, words, tone]) => element("span", {class: tone}, words)))]);
  return element("div", {class: `verdict ${data.tones[verdict]}`, "data-verdict": verdict},
    element(heading, {class: "sentence", tabindex: "-1"}, sentence),
    element("div", {class: "triple"}, ...parties), element("dl", {class: "said"}, ...about));
}

// How an order is written: of the parties of a value, those that won.
const parties = (facts) => data.orders[facts.order].filter((party) => facts[party] === "won");

// A value in words; an order names its parties.
function valueWords(facts, name, value) {
  const {values, words} = FACTS.get(name);
  if (name !== "order") return words[values.indexOf(value)];
  return parties({...facts, order: value}).join(", then ");
}
