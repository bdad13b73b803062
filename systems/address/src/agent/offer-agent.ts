import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AgentServices } from '@heavylift/agents'
import type { Places } from '../decide/places.ts'
import { addressSource } from './address-source.ts'

const file = join(import.meta.dirname, '../../agents/place-kind.yaml')

/** Gives agents the tools of this system, and the agent that is made of them. */
export async function offerAgent({ agents }: AgentServices, places: Places): Promise<void> {
  agents.offer({ source: addressSource(places), templates: [await readFile(file, 'utf8')] })
}
