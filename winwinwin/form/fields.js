// The fields that describe an entry, and those of all facts.
const TAG = "tags.";
const inputId = (name) => `about-${name}`;

function aboutOf(about, name) {
  const [within, key] = name.startsWith(TAG) ? [about.tags ?? {}, name.slice(TAG.length)] : [about, name];
  return Object.hasOwn(within, key) ? within[key] : "";
}

// What describes an entry, with another text in one place; an empty one is not recorded. Phones add a blank to a word they suggest.
function described(about, name, written) {
  const isTag = name.startsWith(TAG), key = isTag ? name.slice(TAG.length) : name;
  const {[key]: _, ...rest} = isTag ? about.tags ?? {} : about;
  const text = written.replace(/^[ \n]+|[ \n]+$/g, "");
  const made = text === "" ? rest : {...rest, [key]: text};
  return isTag ? {...about, tags: made} : made;
}

// What is wrong with a text; "" for nothing.
function wrongWith(name, text) {
  if (name === "id" && isTaken(text, draft.key)) return "This id is taken. Choose another one.";
  const found = text.match(new RegExp(data.forbidden[name === "notes" ? "notes" : "line"])) ?? text.match(/\p{Cs}/u);
  return found ? `Character ${[...text.slice(0, found.index)].length + 1} cannot be part of a record. Remove it.` : "";
}

// A choice of names; one that is not among them, of an older entry, is kept.
function nameChoice(attributes, value) {
  const names = [...new Set([...data.employees, value])].filter(Boolean);
  const options = [element("option", {value: ""}, "not recorded"),
    ...names.map((name) => element("option", {value: name, selected: name === value}, name))];
  return element("select", attributes, ...options);
}

function control(name, value) {
  const attributes = {id: inputId(name), name, "aria-describedby": `${inputId(name)}-wrong`};
  if (name === "employee" && data.employees.length) return nameChoice(attributes, value);
  if (name === "notes") return element("textarea", {...attributes, rows: "3"}, value);
  if (name === "date") return element("input", {...attributes, type: "date", max: "9999-12-31", value});
  return element("input", {...attributes, type: "text", value});
}

function aboutFields() {
  return data.about.map(([name, asks]) => {
    const made = control(name, aboutOf(draft.about, name));
    made.addEventListener("input", () => { draft.about = described(draft.about, name, made.value); });
    made.addEventListener("change", remember);
    return element("div", {}, element("label", {for: made.id}, asks), made,
      element("p", {class: "wrong", id: `${made.id}-wrong`, hidden: true}));
  });
}

// Shows what is wrong in the fields, and moves to the first of it; true where nothing is.
function areSound() {
  const wrong = data.about.filter(([name]) => {
    const made = byId(inputId(name)), words = wrongWith(name, aboutOf(draft.about, name));
    made.setAttribute("aria-invalid", words !== "");
    byId(`${made.id}-wrong`).textContent = words;
    byId(`${made.id}-wrong`).hidden = words === "";
    return words;
  });
  if (wrong.length) byId(inputId(wrong[0][0])).focus();
  return wrong.length === 0;
}

// The values that a fact can have beside the others; any but an order makes way for no other.
const offered = (name) => FACTS.get(name).values.filter((value) => name !== "order" || judged({...draft.facts, order: value}));

function factFields() {
  return data.facts.map(({name, label, means}) => {
    const picks = [...offered(name), MISSING].map((value) => {
      const id = `fact-${name}-${value}`, checked = (draft.facts[name] ?? MISSING) === value;
      const pick = element("input", {type: "radio", id, name, checked});
      pick.addEventListener("change", () => { set(name, value); show(); byId(id)?.focus(); });
      return element("label", {}, pick, " ", value === MISSING ? "not recorded" : valueWords(draft.facts, name, value));
    });
    const more = element("details", {}, element("summary", {}, "What does that mean?"), element("p", {}, means));
    return element("fieldset", {}, element("legend", {}, label), element("div", {class: "picks"}, ...picks), more);
  });
}
