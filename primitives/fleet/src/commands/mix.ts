import { readFile } from 'node:fs/promises'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { formatTable } from '@heavylift/core/text'
import { z } from 'zod'
import { madeOffers } from '../../samples/made-demand.ts'
import { readDemand } from '../buy/demand.ts'
import { offerSchema } from '../buy/offer.ts'
import type { Offer } from '../buy/offer.ts'
import { planForUnseen } from '../buy/plan-for-unseen.ts'
import { playPurchase } from '../buy/plan-mix.ts'

/** `fleet mix`: what to buy for a demand of one's own, by hour. */
export async function runMix({ args, options, print, signal }: CommandInput): Promise<unknown> {
  const perUnit = numberOf(options['perUnit'], 'per-unit', 1, (value) => value > 0)
  const mayWait = numberOf(options['mayWait'], 'may-wait', 0.005, (value) => value >= 0 && value < 1)
  const scenarios = readDemand(await readFile(args['demand'] as string, 'utf8'), perUnit)
  const file = options['offers']
  const offers = typeof file === 'string' ? readOffers(await readFile(file, 'utf8')) : madeOffers
  const { plan } = await planForUnseen({ scenarios, offers, waitingShare: mayWait, signal })
  const byTheHour = playPurchase(scenarios, new Float64Array(scenarios[0]!.length), offers).cost
  print(
    `${scenarios[0]!.length} hours, ${scenarios.length} ${scenarios.length === 1 ? 'course' : 'courses'} of demand, ${file === undefined ? 'made offers: give yours by --offers' : `${offers.length} offers`}.`,
  )
  print(
    formatTable(
      ['offer', 'units', 'from hour', 'hours', 'cost'],
      plan.purchases.map((one) => [
        one.offer,
        String(one.units),
        String(one.fromHour),
        String(one.hours),
        one.cost.toFixed(0),
      ]),
      ['units', 'from hour', 'hours', 'cost'],
    ),
  )
  print(
    `Cost ${plan.cost.toFixed(0)} with what is used by the hour, ${byTheHour.toFixed(0)} were all by the hour; ${(100 * plan.waitingShare).toFixed(2)} % waits; at most ${plan.gapPct.toFixed(2)} % above the best.`,
  )
  const { purchases, cost, gapPct, waitingShare } = plan
  return {
    hours: scenarios[0]!.length,
    scenarios: scenarios.length,
    purchases,
    cost,
    byTheHour,
    gapPct,
    waitingShare,
  }
}

function numberOf(
  given: unknown,
  name: string,
  otherwise: number,
  isRight: (value: number) => boolean,
): number {
  const value = given === undefined ? otherwise : Number(given)
  if (Number.isFinite(value) && isRight(value)) return value
  throw new InvalidInputError({
    code: 'bad-option',
    message: `--${name} ${String(given)} is no such number.`,
  })
}

/** @throws InvalidInputError `bad-offer` with the place and what was expected */
function readOffers(text: string): Offer[] {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (error) {
    throw new InvalidInputError({
      code: 'bad-offer',
      message: `Offers are a list in JSON: ${(error as Error).message}.`,
      cause: error,
    })
  }
  const found = z.array(offerSchema).min(1).safeParse(raw)
  if (found.success) return found.data
  const [issue] = found.error.issues
  throw new InvalidInputError({
    code: 'bad-offer',
    message: `Offers are a list in JSON; ${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'is not valid'}.`,
  })
}
