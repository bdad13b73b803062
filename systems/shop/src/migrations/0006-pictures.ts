import type { Migration } from '@heavylift/core'

/** What addresses of pictures are signed with, once for the installation. */
export const picturesMigration: Migration = {
  name: '0006-pictures',
  sql: `
    create table picture_key (
      id int primary key default 1 check (id = 1),
      secret text not null
    );
  `,
}
