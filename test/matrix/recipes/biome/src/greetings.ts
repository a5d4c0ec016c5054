export class Greetings {
  for(name: string) {
    return `Hello, ${name}!`;
  }
}
