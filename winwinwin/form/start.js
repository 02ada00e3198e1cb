const heard = {download, share, copy, discard, clear};
for (const [id, click] of Object.entries(heard)) byId(id).addEventListener("click", click);
byId("entry").addEventListener("submit", save);
byId("share").hidden = !navigator.share;
addEventListener("storage", list); // another window has changed something
document.addEventListener("visibilitychange", () => { if (!document.hidden && !isBegun()) begin(); }); // it may be another day
addEventListener("beforeunload", (event) => { if (unkept.size || (isBegun() && !session)) event.preventDefault(); });
warn();
if (isBegun()) show();
else begin();
list();
byId("entry").hidden = false;
document.documentElement.dataset.shown = "";
