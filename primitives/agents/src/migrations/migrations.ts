import type { Migration } from '@heavylift/core'
import { costMigrations } from './costs.ts'
import { draftMigrations } from './drafts.ts'
import { driftMigrations } from './drift.ts'
import { evaluationMigrations } from './evaluations.ts'
import { faceMigrations } from './faces.ts'
import { memoryMigrations } from './memory.ts'
import { policyMigrations } from './policies.ts'
import { publishMigrations } from './publish.ts'
import { registryMigrations } from './registry.ts'
import { runMigrations } from './runs.ts'
import { toolChangeMigrations } from './tool-changes.ts'
import { toolMigrations } from './tools.ts'
import { triggerMigrations } from './triggers.ts'
import { valueMigrations } from './value.ts'

/** Everything of the schema `agents`, in the order of the numbers. */
export const agentsMigrations: Migration[] = [
  ...publishMigrations,
  ...runMigrations,
  ...triggerMigrations,
  ...draftMigrations,
  ...evaluationMigrations,
  ...valueMigrations,
  ...faceMigrations,
  ...toolMigrations,
  ...registryMigrations,
  ...policyMigrations,
  ...memoryMigrations,
  ...driftMigrations,
  ...costMigrations,
  ...toolChangeMigrations,
]
