import type { Aedes, Client } from 'aedes'
import { maximumMessageBytes } from '../vda5050/read-message.ts'
import { publishPacket } from './publish-packet.ts'

/** Bytes that may wait for a client that reads slowly, before messages of QoS 0 to it are lost. */
const mostWaitingBytes = 4 * maximumMessageBytes
/** Filters with a wildcard that are held against each topic; of more the broker's own index is faster. */
const mostWildcards = 16

/**
 * Writes messages of QoS 0 from this process to the sockets of those who subscribed to exactly their topic, which costs a fraction of the broker's own way. Leaves to
 * that whatever a filter with a wildcard, or one of this process, has.
 */
export class DirectWriter {
  /** Who has exactly this topic. */
  readonly #readers = new Map<string, Set<Client>>()
  /** Who has a filter that is not so simple; null is this process. */
  readonly #others = new Map<string, Set<Client | null>>()
  /** Whether the broker has to do it, of topics that were asked for since `#others` last changed. */
  #isOthers = new Map<string, boolean>()

  constructor(broker: Aedes) {
    // What its types leave out: the filters that were granted.
    const filtersOf = (client: Client): string[] =>
      Object.keys((client as unknown as { subscriptions: object }).subscriptions)
    const addAll = (client: Client): void => {
      for (const filter of filtersOf(client)) this.add(filter, client)
    }
    broker.on('subscribe', (_filters, client) => addAll(client))
    // A session that is kept brings its filters along.
    broker.on('clientReady', addAll)
    broker.on('unsubscribe', (filters, client) => {
      for (const filter of filters) this.remove(filter, client)
    })
    broker.on('clientDisconnect', (client) => {
      for (const filter of filtersOf(client)) this.remove(filter, client)
    })
  }

  add(filter: string, client: Client | null): void {
    if (client !== null && !hasWildcard(filter)) return addTo(this.#readers, filter, client)
    addTo(this.#others, filter, client)
    this.#isOthers = new Map()
  }

  remove(filter: string, client: Client | null): void {
    if (client !== null && !hasWildcard(filter)) return removeFrom(this.#readers, filter, client)
    removeFrom(this.#others, filter, client)
    this.#isOthers = new Map()
  }

  /** @returns false where nothing was written and the broker has to do it */
  write(topic: string, text: string): boolean {
    let isOthers = this.#isOthers.get(topic)
    if (isOthers === undefined) {
      isOthers =
        this.#others.size > mostWildcards || [...this.#others.keys()].some((filter) => matches(filter, topic))
      this.#isOthers.set(topic, isOthers)
    }
    if (isOthers) return false
    const readers = this.#readers.get(topic)
    if (readers === undefined) return true
    const packet = publishPacket(topic, text)
    for (const { conn, connected } of readers)
      if (connected && conn.writable && conn.writableLength < mostWaitingBytes) conn.write(packet)
    return true
  }
}

function addTo<T>(sets: Map<string, Set<T>>, name: string, one: T): void {
  const set = sets.get(name)
  if (set === undefined) sets.set(name, new Set([one]))
  else set.add(one)
}

function removeFrom<T>(sets: Map<string, Set<T>>, name: string, one: T): void {
  const set = sets.get(name)
  set?.delete(one)
  if (set?.size === 0) sets.delete(name)
}

function hasWildcard(filter: string): boolean {
  return /[+#]/.test(filter)
}

/** Whether a filter has a topic (MQTT 3.1.1, 4.7). */
export function matches(filter: string, topic: string): boolean {
  const [wanted, levels] = [filter.split('/'), topic.split('/')]
  if (topic.startsWith('$') && /^[+#]/.test(filter)) return false
  for (const [at, level] of wanted.entries()) {
    if (level === '#') return true
    if (at >= levels.length || (level !== '+' && level !== levels[at])) return false
  }
  return wanted.length === levels.length
}
