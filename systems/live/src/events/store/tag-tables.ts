import type { Tag } from '../../domain/tag.ts'

export interface TagTables {
  tag: {
    tenant_id: string
    tag_id: string
    match_id: string
    start_ms: number
    importance: number
    seconds_left: number | null
    search: string
    words_version: number
    body: Tag
  }
  /** In which stretches of time a lexeme occurs; kept by a trigger on `tag`. */
  tag_stretch: { tenant_id: string; lexeme: string; span: number; seen: string }
}
