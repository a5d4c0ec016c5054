/** A mail that waits in the queue. */
export interface Mail {
  readonly to: string;
  readonly text: string;
}

export const outbox: Mail[] = [];

/** Sends a mail; here it only keeps it. */
export async function send(mail: Mail): Promise<void> {
  if (!mail.to?.includes('@')) throw new Error(`"${mail.to}" is no address`);
  outbox.push(mail);
}
