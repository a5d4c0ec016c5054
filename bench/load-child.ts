// Sends requests to a server as fast as it replies, and prints the number of replies; in a process of its own.
import autocannon from 'autocannon';

const { url, requests, seconds, connections } = JSON.parse(process.argv[2]!) as {
  url: string;
  requests: { method: 'GET' | 'POST'; path: string }[];
  seconds: number;
  connections: number;
};

autocannon({ url, requests, duration: seconds, connections }).then((result) => {
  const right = result['2xx'];
  const wrong = result.non2xx + result.errors + result.timeouts;
  process.stdout.write(JSON.stringify({ right, wrong, took: result.duration }), () => process.exit());
});
