/** An event of Electron that can be prevented, and says whether it was. */
export function fakeEvent<T extends object>(details: T): T & { isPrevented: boolean; preventDefault(): void } {
  const event = {
    ...details,
    isPrevented: false,
    preventDefault() {
      event.isPrevented = true;
    },
  };
  return event;
}
