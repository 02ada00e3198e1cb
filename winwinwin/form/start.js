const heard = {download, share, copy, discard, clear};
for (const [id, click] of Object.entries(heard)) byId(id).addEventListener("click", click);
byId("entry").addEventListener("submit", save);
byId("share").hidden = !navigator.share;
if (windows) windows.onmessage = reread; // another window has changed something
document.addEventListener("visibilitychange", async () => {
  if (document.hidden) return remember(); // a phone may close what is not seen
  await reread();
  if (!isBegun()) begin(); // it may be another day
});
addEventListener("beforeunload", (event) => {
  remember();
  if (alone() || (isBegun() && !isRemembered)) event.preventDefault();
});
await refresh();
if (isBegun()) show();
else begin();
list();
byId("entry").hidden = false;
document.documentElement.dataset.shown = "";

async function reread() {
  const before = JSON.stringify(kept());
  await refresh();
  if (JSON.stringify(kept()) !== before) list();
}
