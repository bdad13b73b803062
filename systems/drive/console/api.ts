import { createClient } from '@heavylift/ui'
import type { DriveRoutes } from '../src/routes/route-groups.ts'

/** Calls of drive's API, typed by its routes. */
export const api = createClient<DriveRoutes>('/api/drive')

/** What a GET route answers. */
export type Answer<Path extends Extract<DriveRoutes, { method: 'get' }>['path']> = NonNullable<
  Extract<DriveRoutes, { method: 'get'; path: Path }>['shape']
>['answer']

export type RecordedRun = Answer<'/recording'>
export type ScenarioListing = Answer<'/scenarios'>['scenarios'][number]
export type VersionListing = Answer<'/versions'>['versions'][number]
