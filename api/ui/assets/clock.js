// Seconds as minutes and seconds, as everywhere on the pages: 75.4 is 1:15.

export const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
