import { z } from 'zod'

/** What the engine process is started with; sent as its first message. */
export const engineOptionsSchema = z.object({
  /** Folder with the installed engine. */
  engineDir: z.string(),
  /** GGUF file. */
  modelPath: z.string(),
  /** By which clients ask for it. */
  modelName: z.string(),
  /** Sequences decoded together. */
  sequences: z.int().min(1).max(64),
  /** Context of each sequence. */
  contextTokens: z.int().min(256),
  threads: z.int().min(1),
  gpu: z.enum(['auto', 'off']),
  prefixCacheMb: z.int().min(0),
  /** Folder for saved states; the supervisor deletes it. */
  cacheDir: z.string(),
  /** Requests that may wait for a sequence. */
  maxWaiting: z.int().min(0),
})

export type EngineOptions = z.output<typeof engineOptionsSchema>

/** What the engine process tells its parent. */
export type EngineMessage =
  | { type: 'loading'; fraction: number }
  | { type: 'ready'; port: number; gpu: string | false; contextTokens: number }
  | { type: 'failed'; message: string }
