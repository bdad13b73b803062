import { createServer } from 'node:http'

/** A replica of the demo shop's search or inventory: `replica-child.ts NAME PORT MENDED`. Search is cold for a while. */
const [name = '', port, mended] = process.argv.slice(2)
const coldMs = 6000
const coldAnswerMs = 1500
const isSearch = name.startsWith('search')

// Mended, it takes no request before it is warm.
if (isSearch && mended === 'mended') await new Promise((resolve) => void setTimeout(resolve, coldMs / 4))
const startedMs = performance.now()
createServer((request, response) => {
  request.resume()
  const isCold = isSearch && mended !== 'mended' && performance.now() - startedMs < coldMs
  setTimeout(() => response.end(JSON.stringify({ from: name })), isCold ? coldAnswerMs : 3)
}).listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'))
process.stdin.on('end', () => process.exit()).resume()
