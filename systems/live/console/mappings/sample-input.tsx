import { Button, FileButton, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Notice, Panel, format } from '@heavylift/ui'
import { readSample } from './sample-file.ts'
import type { Sample } from './sample-file.ts'
import styles from './mappings.module.css'

/** First rows of a feed: a file that is dropped or chosen, or text that is pasted. */
export function SampleInput({
  sample,
  onSample,
}: {
  sample: Sample | null
  onSample: (sample: Sample) => void
}) {
  const [isOver, setIsOver] = useState(false)
  const [isPasting, setIsPasting] = useState(false)
  const [pasted, setPasted] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const read = async (file: File | null | undefined) => {
    if (!file) return
    setFault(null)
    try {
      onSample(await readSample(file))
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <Panel
      title="First rows"
      note={
        sample === null
          ? 'CSV, TSV, JSONL or JSON, gzipped or not'
          : `${sample.name}, ${format.formatCount(sample.text.length)} characters read`
      }
    >
      <div className={styles['feed']}>
        <div
          className={styles['drop']}
          data-over={isOver}
          onDragOver={(event) => {
            event.preventDefault()
            setIsOver(true)
          }}
          onDragLeave={() => setIsOver(false)}
          onDrop={(event) => {
            event.preventDefault()
            setIsOver(false)
            void read(event.dataTransfer.files[0])
          }}
        >
          <span>Drop a file here, or</span>
          <FileButton onChange={(file) => void read(file)}>
            {(props) => (
              <Button {...props} size="compact-md" variant={sample === null ? 'filled' : 'default'}>
                Choose a file
              </Button>
            )}
          </FileButton>
          <Button size="compact-md" variant="default" onClick={() => setIsPasting(!isPasting)}>
            Paste rows
          </Button>
        </div>
        {fault === null ? null : (
          <Notice tone="bad" title="The file cannot be read">
            {fault}
          </Notice>
        )}
        {isPasting ? (
          <>
            <Textarea
              label="First rows, with the header"
              className={styles['text']}
              rows={8}
              spellCheck={false}
              value={pasted}
              onChange={(event) => setPasted(event.currentTarget.value)}
            />
            <div className="hl-row">
              <Button
                size="compact-md"
                disabled={pasted.trim() === ''}
                onClick={() => {
                  const file = new File([pasted], 'pasted')
                  onSample({ name: 'pasted', text: pasted, file })
                  setIsPasting(false)
                }}
              >
                Use these rows
              </Button>
            </div>
          </>
        ) : null}
      </div>
    </Panel>
  )
}
