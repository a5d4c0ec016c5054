// Runs a bundled server, and reports its port and, on request, the processor time that it has used.
const { listen } = require(process.argv[2]!) as { listen: () => Promise<number> };

listen().then((port) => {
  process.on('message', (message) => {
    if (message === 'end') process.exit();
    const { user, system } = process.cpuUsage();
    process.send!({ cpu: user + system });
  });
  process.send!({ port });
});
