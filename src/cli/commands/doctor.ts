import { Command } from 'commander';
import { openProject } from '../project/project.js';

/** `twodoors doctor` */
export const command = new Command('doctor')
  .description("check the project's set-up, and say how to fix what is wrong; exits with 1 if there is an error")
  .option('--json', 'print JSON')
  .action(runDoctor);

async function runDoctor({ json }: { readonly json?: true }): Promise<void> {
  const { describeFindings, examine } = await import('../doctor/examine.js');
  const findings = await examine(openProject(process.cwd()));
  console.log(json === true ? JSON.stringify(findings, null, 2) : describeFindings(findings));
  if (findings.some(({ level }) => level === 'error')) process.exitCode = 1;
}
