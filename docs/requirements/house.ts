import type { Requirement } from './requirement.ts'

/** The order of the repository itself, checked by `npm run layers`. */
export const house: Requirement[] = [
  {
    id: 'HOUSE-ARROWS-01',
    source: 'ARCHITECTURE.md#rules',
    behaviour:
      'Imports of every form, types included, run down only: apps, systems, primitives; no system imports another, and none reaches into another package by path.',
  },
  {
    id: 'HOUSE-ARROWS-02',
    source: 'ARCHITECTURE.md#rules',
    behaviour: 'core imports nothing of ours; ui imports core and types, and only pages import ui.',
  },
  {
    id: 'HOUSE-CIRCLES-01',
    source: 'ARCHITECTURE.md#rules',
    behaviour: 'A circle among packages or files is found, through types, lazy imports and declarations too.',
  },
  {
    id: 'HOUSE-PACKAGES-01',
    source: 'ARCHITECTURE.md#layout',
    behaviour: 'Every package is a folder on one of the floors and named for it.',
  },
  {
    id: 'HOUSE-PACKAGES-02',
    source: 'ARCHITECTURE.md#layout',
    behaviour: 'A package declares what of ours it imports, and nothing else.',
  },
  {
    id: 'HOUSE-ROOMS-01',
    source: 'ARCHITECTURE.md#layout',
    behaviour: 'Every system has the standard files.',
  },
  {
    id: 'HOUSE-ROOMS-02',
    source: 'ARCHITECTURE.md#layout',
    behaviour: 'Routes, commands, evals, benches, pages, samples and tests stand in their rooms.',
  },
  {
    id: 'HOUSE-ROOMS-03',
    source: 'ARCHITECTURE.md#layout',
    behaviour: 'Sources import no pages and no tests.',
  },
  {
    id: 'HOUSE-NOTYET-01',
    source: 'ARCHITECTURE.md#rules',
    behaviour: 'Known exceptions are listed with a reason, and one that is mended has to go.',
  },
]
