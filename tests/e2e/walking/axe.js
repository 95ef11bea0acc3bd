// Runs axe-core over `root`; its violations in words, those in `excused` (rule: part of the HTML) left out.
async ([root, excused]) => {
  const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const {violations} = await axe.run(root ?? document,
    {runOnly: {type: "tag", values: rules}, resultTypes: ["violations"], elementRef: false});
  return violations.flatMap(({id, nodes}) => nodes
    .filter((node) => !excused.some(([rule, part]) => rule === id && node.html.includes(part)))
    .map((node) => `${id}: ${node.html.slice(0, 200)} (${[...node.any, ...node.all, ...node.none].map((one) => one.message).join("; ")})`));
}
