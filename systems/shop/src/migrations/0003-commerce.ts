import type { Migration } from '@heavylift/core'

/** Shoppers, their accounts, carts, orders, what waits for their word, and what they are remembered by. */
export const commerceMigration: Migration = {
  name: '0003-commerce',
  sql: `
    create table signing_key (
      tenant_id text primary key,
      token_secret text not null,
      identity_secret text not null
    );

    create table shopper (
      tenant_id text not null,
      id text not null,
      external_id text,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      unique (tenant_id, external_id)
    );

    create table account (
      tenant_id text not null,
      shopper_id text not null,
      first_name text not null,
      last_name text not null,
      email text,
      address jsonb,
      payment_methods jsonb not null,
      primary key (tenant_id, shopper_id)
    );
    create index account_by_email on account (tenant_id, lower(email));

    create table cart_item (
      tenant_id text not null,
      shopper_id text not null,
      variant_id text not null,
      product_id text not null,
      quantity int not null check (quantity between 1 and 99),
      added_at timestamptz not null,
      primary key (tenant_id, shopper_id, variant_id)
    );

    create table purchase_order (
      tenant_id text not null,
      id text not null,
      shopper_id text not null,
      status text not null,
      body jsonb not null,
      placed_at timestamptz not null,
      primary key (tenant_id, id)
    );
    create index purchase_order_by_shopper on purchase_order (tenant_id, shopper_id, placed_at desc);

    -- state: waiting -> accepted | declined | refused; a waiting one past expires_at counts as expired.
    create table confirmation (
      tenant_id text not null,
      id text not null,
      shopper_id text not null,
      request_key text not null,
      conversation_id text,
      proposal jsonb not null,
      summary text not null,
      ceiling jsonb,
      state text not null,
      answer_key text,
      result jsonb,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      primary key (tenant_id, id),
      unique (tenant_id, shopper_id, request_key)
    );

    -- state: active -> done | cancelled. kind: price-alert | auto-buy.
    create table watch (
      tenant_id text not null,
      id text not null,
      shopper_id text not null,
      kind text not null,
      product_id text not null,
      variant_id text not null,
      quantity int not null,
      limit_minor bigint not null,
      currency text not null,
      state text not null,
      order_id text,
      created_at timestamptz not null,
      fired_at timestamptz,
      primary key (tenant_id, id)
    );
    create index watch_active on watch (tenant_id, product_id) where state = 'active';

    create table notification (
      tenant_id text not null,
      id text not null,
      shopper_id text not null,
      text text not null,
      product_id text,
      created_at timestamptz not null,
      read_at timestamptz,
      primary key (tenant_id, id)
    );
    create index notification_by_shopper on notification (tenant_id, shopper_id, created_at desc);

    create table policy_section (
      tenant_id text not null,
      section text not null,
      title text not null,
      body text not null,
      words tsvector generated always as (
        setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', body), 'B')) stored,
      primary key (tenant_id, section)
    );

    create table memory (
      tenant_id text not null,
      id text not null,
      shopper_id text not null,
      kind text not null,
      key text not null,
      text text not null,
      product_id text,
      conversation_id text,
      device text,
      at timestamptz not null,
      words tsvector generated always as (to_tsvector('english', text)) stored,
      primary key (tenant_id, id),
      unique (tenant_id, shopper_id, key)
    );
    create index memory_by_time on memory (tenant_id, shopper_id, at desc);
  `,
}
