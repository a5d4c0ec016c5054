import { z } from 'zod';

export const NewNote = z.object({
  title: z.string().trim().min(1).max(100),
  tags: z.array(z.string().min(1)).max(5).default([]),
});

// A name for the type. `z.infer<typeof NewNote>` as the type of a parameter would put all of zod into the bundle.
export type NewNote = z.output<typeof NewNote>;

export const PageNumber = z.coerce.number().int().min(1).default(1);
