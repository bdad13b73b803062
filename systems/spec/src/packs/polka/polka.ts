import { express } from '../express/express.ts'
import type { CallRule, Pack } from '../pack.ts'

const send: CallRule = { does: 'respond', status: { arg: 1, otherwise: 200 }, body: 2 }

/** Polka 0.5 and 1, with its `send` (github.com/lukeed/polka, README): handlers are given Node's own request and answer, as Express extends them. */
export const polka: Pack = {
  ...express,
  framework: 'Polka',
  uses: /^(?:polka|@polka\/.*)$/,
  routers: { polka: { isApp: true }, 'polka.default': { isApp: true } },
  routerTypes: { 'polka.Polka': false },
  calls: { ...express.calls, '@polka/send': send, '@polka/send-type': send },
}
