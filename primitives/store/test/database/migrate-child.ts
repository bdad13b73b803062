// Migrates `slow` in the database of its argument, step by step, until it is done or killed.
import { silentLogger } from '@heavylift/core'
import { migrate } from '../../src/database/migrate.ts'
import { slowMigrations } from './slow-migrations.ts'

await migrate(process.argv[2] ?? '', 'slow', slowMigrations, silentLogger)
process.stdout.write('done\n')
