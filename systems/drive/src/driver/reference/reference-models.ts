import { CompetentDriver } from './competent-driver.ts'
import { FuzzyDriver } from './fuzzy-driver.ts'
import type { ReferenceDriver } from './reference-driver.ts'
import { RegulationDriver } from './regulation-driver.ts'
import { RssDriver } from './rss-driver.ts'

/** The reference models of the sweep, by the name that its figures have. */
export const referenceModels = {
  Fsm: () => new FuzzyDriver(),
  CcHuman: () => new CompetentDriver('centres'),
  Rss: () => new RssDriver(),
  Reg157: () => new RegulationDriver(),
} satisfies Record<string, () => ReferenceDriver>
