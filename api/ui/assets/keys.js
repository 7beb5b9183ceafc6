// What a key means here, whatever alphabet the keyboard writes; and when it is somebody's typing.

// A Persian keyboard writes ز where a Latin one writes c: then the place of the key counts.
export function meant(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.key.length > 1 || event.key.charCodeAt(0) < 128) return event.key;
  return event.code.match(/^(?:Key|Digit)([A-Z1-9])$/)?.[1].toLowerCase() ?? null;
}

export const isTyping = (event) => Boolean(event.target.closest("input, textarea, select"));
