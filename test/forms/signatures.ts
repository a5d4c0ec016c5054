import { IsInt } from 'class-validator';
import { FormError, OnInvalid, Secret } from 'twodoors';

class Nested {
  @IsInt() qty!: number;
  items!: { name: string }[];
}

class Pages {
  page() {
    return { title: 'a' };
  }
  title = 'a';
  @OnInvalid('form.html', 'page') right() {}
  @OnInvalid('form.html') without() {}
  // @ts-expect-error there is no such method
  @OnInvalid('form.html', 'pgae') misspelled() {}
  // @ts-expect-error it is not a method
  @OnInvalid('form.html', 'title') property() {}
  // @ts-expect-error for methods alone
  @OnInvalid('form.html') member = 1;
}

/** Never run: what the compiler must accept, and what it must not. */
export const signatures = (): unknown[] => [
  new FormError<Nested>({ qty: 'No', 'items[0].name': 'No', 'items.0.name': 'No', '': 'No', items: undefined }),
  new FormError({ anything: 'No' }),
  Pages,
  // @ts-expect-error the DTO has no such field
  new FormError<Nested>({ quantity: 'No' }),
  // @ts-expect-error nor one below it
  new FormError<Nested>({ 'quantity.x': 'No' }),
  // @ts-expect-error a message is text
  new FormError<Nested>({ qty: 1 }),
  // @ts-expect-error the name of a view
  OnInvalid(),
  // @ts-expect-error a method by its name
  OnInvalid('form.html', Nested),
  // @ts-expect-error no arguments
  Secret('x'),
];
