import { drive } from '@heavylift/drive'
import { jobs } from '@heavylift/jobs'
import { live } from '@heavylift/live'
import { models } from '@heavylift/models'
import { shop } from '@heavylift/shop'
import type { AnySystem } from './services.ts'

/** Every system of this installation, in the order of the console's rail. Adding one is one line here. */
export const systems: readonly AnySystem[] = [shop, live, drive, models, jobs]
