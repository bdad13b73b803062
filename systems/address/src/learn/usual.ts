import { InvalidInputError } from '@heavylift/core'
import { evidentKinds, kindNamed } from '../domain/kinds.ts'
import type { Kind } from '../domain/kinds.ts'
import type { KindModel } from '../kind/model.ts'

/** Whoever knows a list does not know it to the last address: so much at least stays as is usual elsewhere. */
const leastLeft = 0.02

/** Shares of kinds in percent, as a person writes them: `business 80, institution 15`. @throws InvalidInputError `usual-wrong` */
export function readUsual(text: string): Map<Kind, number> {
  const shares = new Map<Kind, number>()
  for (const part of text.split(',')) {
    const [, name = '', percent = ''] =
      /^\s*([a-z][a-z _-]*?)[\s:=]+(\d+(?:\.\d+)?)\s*%?\s*$/i.exec(part) ?? []
    const kind = kindNamed(name)
    if (kind === null || kind === 'unknown' || shares.has(kind))
      throw wrong(`"${part.trim()}" is no kind with a share, or its kind stands there twice`)
    shares.set(kind, Number(percent) / 100)
  }
  const total = [...shares.values()].reduce((sum, share) => sum + share, 0)
  if (total > 1 + 1e-9) throw wrong(`the shares come to ${Math.round(total * 1000) / 10} %`)
  return shares
}

/**
 * The model for a list of which somebody knows what kinds of places it mostly holds: told shares, and for what is left of 100 % (2 at least) those that are usual elsewhere, of the kinds that were not told.
 * It changes what is said and asked; a row is decided alone only once answers bear it out (`inTown`), since who tells may be wrong, and then all of it would be.
 */
export function withUsual(model: KindModel, told: ReadonlyMap<Kind, number>): KindModel {
  if (told.size === 0) return model
  const total = [...told.values()].reduce((sum, share) => sum + share, 0)
  const left = Math.max(leastLeft, 1 - total)
  const mixed = (prior: Float64Array): Float64Array => {
    const others = prior.reduce((sum, log, at) => sum + (told.has(evidentKinds[at]!) ? 0 : Math.exp(log)), 0)
    const shares = prior.map((log, at) => {
      const share = told.get(evidentKinds[at]!)
      return share === undefined ? (left * Math.exp(log)) / others : Math.max(share, leastLeft / 10)
    })
    const sum = shares.reduce((all, share) => all + share, 0)
    return shares.map((share) => Math.log(share / sum))
  }
  const { named, unnamed } = model.combination.priors
  return {
    ...model,
    version: `${model.version}+usual`,
    thresholds: { ...model.thresholds, rows: Infinity },
    listGaps: [],
    combination: { ...model.combination, priors: { named: mixed(named), unnamed: mixed(unnamed) } },
  }
}

const wrong = (why: string): InvalidInputError =>
  new InvalidInputError({
    code: 'usual-wrong',
    message: `What a list mostly holds is told by kind, in percent: "business 80, institution 15"; ${why}. Kinds: ${evidentKinds.join(', ')}.`,
  })
