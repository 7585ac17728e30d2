if (narrow.matches) byId("facets").open = false;
for (const name of Object.keys(facets)) choices(name);
byId("detail").replaceChildren(hint());
apply(false);
network.once("afterDrawing", () => fit(false));
