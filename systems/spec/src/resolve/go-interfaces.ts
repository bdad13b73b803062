import { ownTable } from '../parse/own-table.ts'

/** Methods of the interfaces of Go's own packages that structs embed (pkg.go.dev/io, pkg.go.dev/net/http). */
const methods: Readonly<Record<string, readonly string[]>> = ownTable({
  'io.Reader': ['Read'],
  'io.Writer': ['Write'],
  'io.Closer': ['Close'],
  'io.Seeker': ['Seek'],
  'io.ReadWriter': ['Read', 'Write'],
  'io.ReadCloser': ['Read', 'Close'],
  'io.WriteCloser': ['Write', 'Close'],
  'io.ReadWriteCloser': ['Read', 'Write', 'Close'],
  'io.ReadSeeker': ['Read', 'Seek'],
  'io.ReadSeekCloser': ['Read', 'Seek', 'Close'],
  'io.WriteSeeker': ['Write', 'Seek'],
  'io.ReadWriteSeeker': ['Read', 'Write', 'Seek'],
  'io.ReaderFrom': ['ReadFrom'],
  'io.WriterTo': ['WriteTo'],
  'io.ReaderAt': ['ReadAt'],
  'io.WriterAt': ['WriteAt'],
  'io.ByteReader': ['ReadByte'],
  'io.ByteScanner': ['ReadByte', 'UnreadByte'],
  'io.ByteWriter': ['WriteByte'],
  'io.RuneReader': ['ReadRune'],
  'io.RuneScanner': ['ReadRune', 'UnreadRune'],
  'io.StringWriter': ['WriteString'],
  'net/http.ResponseWriter': ['Header', 'Write', 'WriteHeader'],
  'net/http.Flusher': ['Flush'],
  'net/http.Hijacker': ['Hijack'],
  'net/http.Pusher': ['Push'],
  'net/http.CloseNotifier': ['CloseNotify'],
  'net/http.Handler': ['ServeHTTP'],
  'net/http.RoundTripper': ['RoundTrip'],
})

/** Whether a type is an interface of Go's own that has no method of this name: whatever it holds, it gives none. */
export const lacksMethod = (type: string, name: string): boolean => methods[type]?.includes(name) === false
