import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** A question with a default answer. */
export interface Question {
  readonly text: string;
  readonly fallback: string;
  /** The answers to choose from. Default: any text. */
  readonly choices?: readonly string[];
  /** What is wrong with an answer; undefined for a good one. Default: nothing. */
  readonly findMistake?: (answer: string) => string | undefined;
}

/** Asks questions in a terminal, one a line. */
export interface Questions {
  /** Asks until the answer is good. An empty line, and the end of the input, mean the default. */
  ask(question: Question): Promise<string>;
  close(): void;
}

/** Reads answers from a stream, which may also be a pipe. */
export function openQuestions(input: Readable, output: Writable): Questions {
  const lines = createInterface({ input });
  const answers = lines[Symbol.asyncIterator]();
  return {
    async ask({ text, fallback, choices, findMistake }) {
      const hint = choices === undefined ? '' : ` ${choices.join(', ')}`;
      for (;;) {
        output.write(`${text}${hint} (${fallback}): `);
        const { value, done } = await answers.next();
        const answer = done === true ? '' : value.trim();
        if (done === true) output.write('\n');
        if (answer === '') return fallback;
        const chosen =
          choices === undefined ? answer : choices.find((choice) => choice.startsWith(answer.toLowerCase()));
        const mistake = chosen === undefined ? `Choose one of ${choices!.join(', ')}.` : findMistake?.(chosen);
        if (mistake === undefined) return chosen!;
        output.write(`${mistake}\n`);
      }
    },
    close: () => lines.close(),
  };
}
