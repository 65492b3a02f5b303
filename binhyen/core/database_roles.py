# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may do what inside PostgreSQL: one role owns and migrates, one works, one reads figures.

`binhyen roles` prints the SQL; `binhyen doctor` compares it with what the product's role may do.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db import connection
from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused

READABLE_APPS = ("territory", "teams", "indicators")
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


class BadRoleName(Refused):
    """A name that would have to be quoted everywhere."""

    what = _("Nothing was printed.")
    why = _("“%(name)s” is not a plain name, stands for two roles, or is the server's own.")
    remedy = _("Use small letters without marks, digits and underscores, beginning with a letter.")


@dataclass(frozen=True)
class Names:
    """What the roles and the database are called."""

    database: str
    owner: str = "binhyen_owner"
    app: str = "binhyen"
    reader: str = "binhyen_reader"


@dataclass(frozen=True)
class Rights:
    """What the role with which the product has signed in may do beyond its work."""

    role: str
    is_superuser: bool
    makes_roles: bool
    owns_tables: bool
    changes_schema: bool
    changes_events: bool


def own_rights() -> Rights:
    """What the product's own role may do beyond its work. PostgreSQL only."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_user, r.rolsuper, r.rolcreaterole or r.rolcreatedb,"
            " pg_has_role(c.relowner, 'usage'),"
            " has_schema_privilege(current_schema(), 'create'),"
            " has_table_privilege('core_event', 'update')"
            "  or has_table_privilege('core_event', 'delete')"
            "  or has_table_privilege('core_event', 'truncate')"
            " from pg_roles r, pg_class c"
            " where r.rolname = current_user and c.oid = 'core_event'::regclass"
        )
        return Rights(*cursor.fetchone())


def roles_sql(names: Names) -> str:
    """A script for a superuser, to be run in the product's database before and after `migrate`.

    Running it again changes nothing. Raises BadRoleName.
    """
    roles = (names.owner, names.app, names.reader)
    for name in (names.database, *roles):
        if not _NAME.fullmatch(name) or name == "postgres" or roles.count(name) > 1:
            raise BadRoleName(name=name)
    values = {"database": names.database, "owner": names.owner, "app": names.app,
              "reader": names.reader, "readable": _listed(readable_tables())}  # fmt: skip
    return _SCRIPT % values


def readable_tables() -> list[str]:
    """The tables that hold places, teams and figures and nothing about a person."""
    return sorted(
        model._meta.db_table
        for app in READABLE_APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if not getattr(model, "personal", None)
    )


def _listed(tables: Iterable[str]) -> str:
    return ", ".join(f"'{table}'" for table in tables)


_SCRIPT = """\
-- Roles of Bình Yên. Run by a superuser in the database %(database)s: once before the first
-- `binhyen migrate` and once after it; running it again changes nothing. Then give passwords:
-- \\password %(owner)s   \\password %(app)s   \\password %(reader)s
-- %(owner)s owns the tables and migrates.
-- %(app)s works: it changes no table's form and only ever adds events.
-- %(reader)s reads places, teams and figures, and nothing about a person.

do $$
declare role text;
begin
  foreach role in array array['%(owner)s', '%(app)s', '%(reader)s'] loop
    if not exists (select from pg_roles where rolname = role) then
      execute format('create role %%I login', role);
    end if;
    execute format(
      'alter role %%I nosuperuser nocreatedb nocreaterole noreplication nobypassrls', role);
  end loop;
end $$;

create extension if not exists pg_trgm;

alter database %(database)s owner to %(owner)s;
revoke all on database %(database)s from public;
grant connect, temporary on database %(database)s to %(app)s;
grant connect on database %(database)s to %(reader)s;
revoke all on schema public from public;
grant usage, create on schema public to %(owner)s;
grant usage on schema public to %(app)s, %(reader)s;

-- Tables that are there already, whoever made them.
do $$
declare thing record;
begin
  for thing in
    select c.relname, c.relkind from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
  loop
    execute format('alter table public.%%I owner to %(owner)s', thing.relname);
  end loop;
  for thing in
    select p.oid::regprocedure as relname from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prokind = 'f'
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  loop
    execute format('alter function %%s owner to %(owner)s', thing.relname);
  end loop;
end $$;

grant select, insert, update, delete on all tables in schema public to %(app)s;
grant usage, select on all sequences in schema public to %(app)s;
alter default privileges for role %(owner)s in schema public
  grant select, insert, update, delete on tables to %(app)s;
alter default privileges for role %(owner)s in schema public
  grant usage, select on sequences to %(app)s;

-- Events are only ever added; what has been migrated is the owner's to write.
do $$
declare readable text;
begin
  if to_regclass('public.core_event') is not null then
    revoke update, delete, truncate on public.core_event from %(app)s;
    revoke insert, update, delete, truncate on public.django_migrations from %(app)s;
  end if;
  revoke all on all tables in schema public from %(reader)s;
  foreach readable in array array[%(readable)s] loop
    if to_regclass('public.' || readable) is not null then
      execute format('grant select on public.%%I to %(reader)s', readable);
    end if;
  end loop;
end $$;

alter role %(reader)s set default_transaction_read_only = on;
alter role %(reader)s set statement_timeout = '5min';
"""
