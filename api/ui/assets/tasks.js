// Asks for a refresh whenever something happens to a task that whoever looks may see.

const WHAT = ["raised", "enriched", "offered", "accepted", "released", "handed_over", "snoozed", "attempted",
  "joined", "escalated", "done", "cancelled", "changed"];

// One thing that happens to a task is often several events: the asking waits until they have come. What is asked for
// is given back, for whoever else finds a reason.
export function followTasks(refresh) {
  let soon;
  const refreshSoon = () => {
    clearTimeout(soon);
    soon = setTimeout(refresh, 150);
  };
  const changes = new EventSource("/api/v1/events");
  for (const what of WHAT) changes.addEventListener(`task.${what}`, refreshSoon);
  return refreshSoon;
}
