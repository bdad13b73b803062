import { createRandom } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { median } from '@heavylift/core/math'
import { makeAddress } from '../../samples/make-addresses.ts'
import { writeOut } from '../domain/labelled-address.ts'
import { usaddressSeconds } from '../evals/parse/usaddress-peer.ts'
import { parseAddress } from '../parse/parse-address.ts'
import { standardize } from '../standardize/standardize.ts'

const addresses = 1000
const warmUp = 5000
const rounds = 21

/**
 * `heavylift bench address.throughput`: rounds over texts that were not seen before; their median, and the best one, which tells more of
 * the code where others use the machine too.
 */
export async function runParseThroughput({ options = {}, report, signal }: MeasureInput) {
  const random = createRandom('address.throughput')
  const texts = Array.from(
    { length: warmUp + 2 * rounds * addresses },
    () => writeOut(makeAddress(random)).text,
  )
  for (const text of texts.slice(0, warmUp)) standardize(parseAddress(text))
  const rate = (round: number, work: (text: string) => unknown) => {
    signal.throwIfAborted()
    report({ stage: 'parsing', done: round, total: 2 * rounds, unit: 'rounds' })
    const part = texts.slice(warmUp + round * addresses, warmUp + (round + 1) * addresses)
    const startedMs = performance.now()
    for (const text of part) work(text)
    return (1000 * part.length) / (performance.now() - startedMs)
  }
  const each = Array.from({ length: rounds }, (_, round) => round)
  const parsed = each.map((round) => rate(2 * round, parseAddress))
  const standardized = each.map((round) => rate(2 * round + 1, (text) => standardize(parseAddress(text))))
  const python = typeof options['python'] === 'string' ? options['python'] : 'python3'
  const peerTexts = texts.slice(warmUp, warmUp + addresses)
  const peerSeconds = await usaddressSeconds(python, peerTexts, signal)
  return {
    n: 2 * rounds * addresses,
    metrics: {
      parsesPerSecond: median(parsed),
      bestParsesPerSecond: Math.max(...parsed),
      standardizedPerSecond: median(standardized),
    },
    ...(peerSeconds === null
      ? {}
      : { peers: { usaddress: { parsesPerSecond: peerTexts.length / peerSeconds } } }),
    ...(peerSeconds === null
      ? { notes: ['No peer: give --python a Python that has usaddress (pip install usaddress).'] }
      : {}),
  }
}
