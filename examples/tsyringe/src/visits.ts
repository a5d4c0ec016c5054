import 'reflect-metadata';
import { injectable, singleton } from 'tsyringe';

/** Where visits are counted; a test can register another one. */
@singleton()
export class VisitStore {
  #visits = 0;

  add(): number {
    this.#visits += 1;
    return this.#visits;
  }
}

@injectable()
export class Greeter {
  constructor(private readonly visits: VisitStore) {}

  greet(name: string): string {
    return `Hello, ${name}! You are visitor ${this.visits.add()}.`;
  }
}
