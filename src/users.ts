import { auth } from 'twodoors/auth';
import type { LoanTerms } from './controllers/loans/loan-terms.js';

/** Somebody who has a loan. */
export interface User {
  readonly id: number;
  readonly name: string;
  readonly passwordHash: string;
  readonly loan: LoanTerms;
}

/** The one account of the example; the login page shows its password. An app of yours has a database here. */
export const DEMO = { name: 'demo', password: 'open sesame' };

const users: readonly User[] = [
  {
    id: 1,
    name: DEMO.name,
    passwordHash: '$scrypt$ln=15,r=8,p=3$Y64Ev9GfDBZy4xlXQaW+Eg$aJNqYKl8xhowOMPTmHg6ipxE/uz7iGhulhnYHALaAWw',
    loan: { principal: 180_000, rate: 3.2, years: 25 },
  },
];

export const findUser = (id: number): User | undefined => users.find((user) => user.id === id);

export const findUserByName = (name: string): User | undefined => users.find((user) => user.name === name);

export const signingIn = auth({ loadUser: findUser, loginUrl: '/login' });
