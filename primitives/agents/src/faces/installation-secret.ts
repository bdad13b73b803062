import type { Store } from '@heavylift/store'
import type { AgentsTables } from '../run/run-row.ts'

/** A secret of this installation by its name, made by whichever process needs it first. */
export async function installationSecret(store: Store, name: string, make: () => string): Promise<string> {
  const db = store.database<AgentsTables>()
  const find = () => db.selectFrom('face_secret').select('secret').where('name', '=', name)
  const there = await find().executeTakeFirst()
  if (there !== undefined) return there.secret
  await db
    .insertInto('face_secret')
    .values({ name, secret: make() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await find().executeTakeFirstOrThrow()).secret
}
