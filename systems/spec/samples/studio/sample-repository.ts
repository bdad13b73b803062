/** A small service with a history: files by path, then what somebody changed after its spec was agreed. */
export interface SampleRepository {
  id: string
  name: string
  files: Record<string, string>
  /** One commit after the spec: code that parted from it. */
  drift: { path: string; from: string; to: string; message: string }
}
