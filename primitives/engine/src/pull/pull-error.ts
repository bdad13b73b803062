import { HeavyliftError } from '@heavylift/core'

export type PullErrorCode =
  /** Neither a catalogue name, a file nor an address. */
  | 'model-unknown'
  | 'model-name-invalid'
  /** The file is no GGUF, or not whole. */
  | 'model-file-invalid'
  /** No connection, or it broke and could not be taken up again. */
  | 'model-source-unreachable'
  /** The source answered that it has no such file, or refused. */
  | 'model-source-refused'
  | 'model-checksum-wrong'
  | 'model-disk-full'
  | 'engine-install-failed'

/** A model or the engine could not be fetched. The message says what to do. */
export class PullError extends HeavyliftError {
  constructor(code: PullErrorCode, message: string, cause?: unknown) {
    super({
      code,
      message,
      status: code === 'model-source-unreachable' || code === 'model-source-refused' ? 502 : 400,
      isRetryable: code === 'model-source-unreachable',
      ...(cause === undefined ? {} : { cause }),
    })
  }
}

/** File-system refusals in plain words; everything else as it is. */
export function explainFileError(error: unknown): unknown {
  const { code, path } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new PullError(
      'model-disk-full',
      'The disk is full. Make room and run the command again; what was fetched is kept.',
      error,
    )
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new PullError('model-file-invalid', `${path ?? 'A file'} cannot be read or written.`, error)
  }
  return error
}
