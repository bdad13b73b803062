import { Button } from '@mantine/core'
import { Json, Notice } from '@heavylift/ui'
import { placeText } from '../../src/files/place.ts'
import type { OpenDraft } from './use-draft.ts'
import styles from './studio.module.css'

/** What two people changed at once, both values beside each other, and the choice between them. */
export function Conflicts({ draft }: { draft: OpenDraft }) {
  if (draft.saved !== 'conflict' && draft.saved !== 'refused') return null
  const message = draft.error instanceof Error ? draft.error.message : String(draft.error)
  if (draft.saved === 'refused')
    return (
      <Notice
        tone="bad"
        title="This edit was not saved"
        actions={
          <Button size="compact-sm" variant="default" onClick={() => draft.resolve('theirs')}>
            Leave my edit
          </Button>
        }
      >
        <p>{message}</p>
      </Notice>
    )
  return (
    <Notice
      tone="warn"
      title="Two edits of the same thing"
      actions={
        <>
          <Button size="compact-sm" onClick={() => draft.resolve('mine')}>
            Keep mine
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => draft.resolve('theirs')}>
            Keep theirs
          </Button>
        </>
      }
    >
      <p>{message}</p>
      {draft.conflicts.map(({ mine, theirs }) => {
        const place = placeText(mine.place)
        return (
          <div key={place} className={styles['conflict']}>
            <div>
              <b>Mine: {place}</b>
              <Json value={mine.to ?? 'taken away'} label={`Mine: ${place}`} />
            </div>
            <div>
              <b>Theirs</b>
              <Json value={theirs.to ?? 'taken away'} label={`Theirs: ${place}`} />
            </div>
          </div>
        )
      })}
    </Notice>
  )
}
