import type { ColumnType } from 'kysely'
import type { CredentialRow } from './credential.ts'

/** A use of a credential by a step of a run; without an agent, by a person who tried a tool. */
export interface CredentialUse {
  tenant_id: string
  credential: string
  at_ms: number
  source: string
  tool: string
  agent: string | null
  version: number | null
  run_id: string | null
  path: string | null
}

interface CredentialTable extends Omit<CredentialRow, 'spec' | 'sources'> {
  spec: ColumnType<CredentialRow['spec'], string, string>
  sources: ColumnType<CredentialRow['sources'], string, string>
}

interface PendingTable {
  /** SHA-256 (hex) of the state, or of the id of a device's grant. */
  state_hash: string
  tenant_id: string
  credential: string
  begun_by: string
  sealed: string
  expires_ms: number
}

export interface CredentialTables {
  credential: CredentialTable
  credential_use: CredentialUse
  credential_pending: PendingTable
}
