import { appendFile, appendFileSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DependencyClient } from './client.ts'
import type { CallOptions } from './client.ts'

/**
 * The demo shop: a service with twelve kinds of weaknesses, or (`MENDED`) the same service without them. It is told its dependencies' addresses,
 * its replicas, a file for its log and one with the offset of its clock. Prints its port.
 */
const isMended = process.env['MENDED'] === 'yes'
const addresses = JSON.parse(process.env['DEPENDENCIES'] ?? '{}') as Record<string, string>
const replicas = JSON.parse(process.env['REPLICAS'] ?? '{}') as Record<string, string[]>
const clockFile = process.env['CLOCK_FILE'] as string
const logFile = process.env['LOG_FILE'] as string

const careful: CallOptions = {
  timeoutMs: 800,
  retries: 0,
  backoffMs: () => 0,
  breakerAfter: 8,
}
const client = (name: string, weak: Partial<CallOptions>, mended: Partial<CallOptions> = {}) =>
  new DependencyClient(addresses[name] as string, { ...careful, ...(isMended ? mended : weak) })

const payments = client('payments', { timeoutMs: null })
const stock = client('stock', {
  timeoutMs: 300,
  retries: 4,
  backoffMs: () => 200 * Math.random(),
  breakerAfter: null,
})
const reviews = client('reviews', { breakerAfter: null })
const prices = client('prices', { timeoutMs: 2000 }, { timeoutMs: 2000 })
const profiles = client('profiles', { timeoutMs: 2000 }, { timeoutMs: 400 })
const settings = client('settings', { timeoutMs: 2000 }, { timeoutMs: 400 })
const once = { retries: 1, breakerAfter: 64 }
const quotes = client(
  'quotes',
  { ...once, backoffMs: () => 700 },
  { ...once, backoffMs: () => 1000 * Math.random() },
)
const answers = client('answers', {})

/** So many at a time; more wait, or are refused where a limit is set. */
function limiter(most: number, mostWaiting: number) {
  let busy = 0
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (busy >= most) {
      if (waiting.length >= mostWaiting) throw new Error('busy')
      await new Promise<void>((resolve) => void waiting.push(resolve))
    } else busy++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) busy--
      else next()
    }
  }
}

const reports = limiter(4, isMended ? 4 : Infinity)
const shared = limiter(4, Infinity)
const pools = isMended
  ? { profiles: limiter(4, 20), settings: limiter(4, 20) }
  : { profiles: shared, settings: shared }

/** The price list, fetched anew when it is a second old. */
let price: { text: string; atMs: number } | null = null
let fetching: Promise<string> | null = null
async function priceList(): Promise<string> {
  const isFresh = price !== null && performance.now() - price.atMs < 1000
  if (price !== null && isFresh) return price.text
  const fetchPrice = async () => {
    const text = await prices.call('/list')
    price = { text, atMs: performance.now() }
    return text
  }
  if (!isMended) return fetchPrice()
  fetching ??= fetchPrice().finally(() => (fetching = null))
  // The old list does until the new one is there.
  if (price === null) return fetching
  fetching.catch(() => undefined)
  return price.text
}

let offsetMs = 0
setInterval(() => {
  offsetMs = 1000 * (Number.parseFloat(readFileSync(clockFile, 'utf8')) || 0)
}, 100)
const wallMs = () => Date.now() + offsetMs
let offer = { sinceWallMs: wallMs(), sinceMs: performance.now() }
const offerMs = 600_000
function offerAge(): number {
  const age = isMended ? performance.now() - offer.sinceMs : wallMs() - offer.sinceWallMs
  if (age > offerMs && isMended) offer = { sinceWallMs: wallMs(), sinceMs: performance.now() }
  return age
}

/** Asks replicas in turn; the next where one does not answer. */
const turns = new Map<string, number>()
async function fromReplicas(name: string): Promise<string> {
  const all = replicas[name] ?? []
  const turn = (turns.get(name) ?? 0) + 1
  turns.set(name, turn)
  for (let tried = 0; ; tried++) {
    try {
      const address = all[(turn + tried) % all.length] as string
      return await new DependencyClient(address, { ...careful, timeoutMs: 4000, breakerAfter: null }).call(
        '/',
      )
    } catch (error) {
      if (tried + 1 >= all.length) throw error
    }
  }
}

function log(line: string): void {
  // Mended, a disk that is slow or full holds up nobody.
  if (isMended) appendFile(logFile, `${line}\n`, () => undefined)
  else appendFileSync(logFile, `${line}\n`)
}

function streamAnswer(response: ServerResponse): void {
  response.setHeader('content-type', 'text/event-stream')
  const broken = () => {
    // It may have broken off inside an event, which has to end first.
    if (isMended) response.end('\n\nevent: error\ndata: {"message":"The answer broke off."}\n\n')
    else response.end()
  }
  answers.stream(
    '/',
    (answer) => {
      answer.on('data', (piece: Buffer) => response.write(piece))
      answer.on('end', () => response.end())
      answer.on('error', broken)
    },
    broken,
  )
}

const routes: Record<string, () => Promise<string> | string> = {
  'GET /products': () => '{"products":[{"id":"lamp-1","title":"Halo Desk Lamp"}]}',
  'POST /checkout': () => payments.call('/charge', '{"cents":4900}'),
  'GET /stock': () => stock.call('/lamp-1'),
  'GET /reviews': () => reviews.call('/lamp-1'),
  'GET /prices': priceList,
  'GET /profile': () => pools.profiles(() => profiles.call('/me')),
  'GET /settings': () => pools.settings(() => settings.call('/me')),
  'GET /quote': () => quotes.call('/lamp-1'),
  'GET /report': () => reports(() => new Promise((resolve) => void setTimeout(() => resolve('{}'), 400))),
  'GET /offer': () => {
    const age = offerAge()
    if (!isMended && (age < 0 || age > offerMs)) throw new Error('The offer is over.')
    return '{"offer":"lamp-1"}'
  },
  'GET /inventory': () => fromReplicas('inventory'),
  'GET /find': () => fromReplicas('search'),
}

const server = createServer((request, response) => {
  request.resume()
  const route = `${request.method} ${request.url}`
  const answer = async () => {
    try {
      log(route)
      if (route === 'GET /answer') {
        streamAnswer(response)
        return
      }
      const work = routes[route]
      if (work === undefined) {
        response.statusCode = 404
        response.end()
      } else response.end(await work())
    } catch (error) {
      response.statusCode = 503
      response.end(JSON.stringify({ error: error instanceof Error ? error.message : 'failed' }))
    }
  }
  void answer()
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
process.stdin.on('end', () => process.exit()).resume()
