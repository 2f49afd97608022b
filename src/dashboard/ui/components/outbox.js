// What a reader did while a run was under way is kept and sent again until the server has counted it, so that nothing
// is lost however fast the clicks come. The server drops what it has seen: an event's number grows by one.
function outbox(root, setTriggerValue, counted) {
  const box = (root.drOutbox ??= { next: 0, waiting: [] });
  box.next = Math.max(box.next, counted + 1);
  box.waiting = box.waiting.filter((event) => event.number > counted);
  const send = () => setTriggerValue("said", box.waiting.map((event) => ({ ...event })));
  box.say = (event) => {
    box.waiting.push({ number: box.next++, ...event });
    send();
  };
  if (box.waiting.length) send();
  return box;
}
