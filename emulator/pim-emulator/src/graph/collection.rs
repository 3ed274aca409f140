//! Collections and single objects, written the same way for every resource.

use super::call::Call;
use super::error::GraphError;
use super::expand::Wanted;
use super::json::{Json, Resource};
use super::media::Metadata;
use super::preferences::Applied;
use super::reply::Reply;
use pim_core::View;
use pim_core::model::PrincipalKind;
use pim_odata::{Entity, Filter, Order, Page, Pager, QueryError, QueryOptions, Search, Span};

/// How many items a page has when nobody asks for a number.
pub(crate) const PAGE_SIZE: usize = 100;

/// The query of a call, bound to a type.
#[derive(Debug)]
pub(crate) struct Query<E: Resource> {
    options: QueryOptions,
    wanted: Wanted,
    pager: Pager<E>,
    search: Option<Search<E>>,
}

/// What the directory can be asked about a type by whoever has not said that the answer may lag, and which of its properties
/// can be searched.
#[derive(Debug)]
pub(crate) struct Indexed {
    /// What `$filter` may name.
    pub(crate) filterable: &'static [&'static str],
    /// What `$orderby` may name.
    pub(crate) orderable: &'static [&'static str],
    /// What `$search` may name.
    pub(crate) searchable: &'static [&'static str],
}

impl Indexed {
    /// Reads the options of a call to the directory: `$skip` is not taken, `$search` and counting are only for those who accept
    /// that the answer may lag, and where they do not, whatever only an advanced query may ask is refused. A link to a next page
    /// goes on with what was answered before, whether the header comes again or not.
    ///
    /// # Errors
    /// The service's own for each.
    pub(crate) fn bind<E: Entity>(
        &self,
        call: &Call<'_>,
        options: &mut QueryOptions,
    ) -> Result<(Pager<E>, Option<Search<E>>), GraphError> {
        if options.skip > 0 {
            return Err(GraphError::UnsupportedOption("$skip"));
        }
        let is_first = options.skiptoken.is_none();
        let search = options.search.as_deref().map(|text| Search::parse(text, self.searchable)).transpose()?;
        if search.is_some() && is_first && !call.consistency_is_eventual {
            return Err(QueryError::SearchNeedsConsistencyLevel.into());
        }
        let is_advanced = call.consistency_is_eventual && (options.count || search.is_some());
        options.count &= call.consistency_is_eventual;
        let pager = pager(options, call, PAGE_SIZE)?;
        if is_first && !is_advanced {
            let (filter, order): (Option<&Filter<E>>, Option<&Order<E>>) = (pager.filter(), pager.order());
            filter.map_or(Ok(()), |filter| filter.is_plain(self.filterable))?;
            // Both at once are for advanced queries, whatever they name.
            let orderable = if filter.is_some() { &[] } else { self.orderable };
            order.map_or(Ok(()), |order| order.is_plain(orderable))?;
        }
        Ok((pager, search))
    }
}

impl<E: Resource> Query<E> {
    /// Reads the query of a call.
    ///
    /// # Errors
    /// When an option is not good, or names what the type does not have.
    pub(crate) fn of(call: &Call<'_>, page_size: usize) -> Result<Self, GraphError> {
        Self::with_options(call, call.options()?, page_size)
    }

    /// The same for a collection that says how many it has, whether anybody asks or not.
    ///
    /// # Errors
    /// When an option is not good, or names what the type does not have.
    pub(crate) fn always_counted(call: &Call<'_>, page_size: usize) -> Result<Self, GraphError> {
        let mut options = call.options()?;
        options.count = true;
        Self::with_options(call, options, page_size)
    }

    /// The same for a collection whose largest page is also the one that it has when nobody asks for a number, and whose rows
    /// come in the order of one property and in no other, without `$skip`. Answers also whether that order is ascending.
    ///
    /// # Errors
    /// When an option is not good, names what the type does not have, or asks for another order.
    pub(crate) fn in_order_of(
        call: &Call<'_>,
        page_size: u32,
        property: &'static str,
    ) -> Result<(Self, bool), GraphError> {
        let mut options = QueryOptions::parse_with_max_page_size(call.query, page_size)?;
        without_skip_and_search(&options)?;
        let is_ascending = match options.orderby.take() {
            None => false,
            Some(asked) => match Order::<E>::parse(&asked)?.only() {
                Some((name, is_descending)) if name == property => !is_descending,
                Some(_) | None => {
                    let span = Span { start: 0, end: asked.len() };
                    return Err(QueryError::NotSortable { property, span }.into());
                }
            },
        };
        let query = Self::with_options(call, options, usize::try_from(page_size).unwrap_or(usize::MAX))?;
        Ok((query, is_ascending))
    }

    /// The same for a collection that comes on one page, of which nobody asks for less.
    ///
    /// # Errors
    /// When an option is not good, names what the type does not have, or is `$top`.
    pub(crate) fn whole(call: &Call<'_>) -> Result<Self, GraphError> {
        let options = call.options()?;
        match options.top {
            Some(top) => Err(QueryError::TopNotSupported { top }.into()),
            None => Self::with_options(call, options, usize::MAX),
        }
    }

    /// Pages are as the collection has them, or smaller where the client prefers that; `$top` comes before either.
    fn with_options(call: &Call<'_>, options: QueryOptions, page_size: usize) -> Result<Self, GraphError> {
        let wanted = wanted::<E>(&options, call)?;
        let preferred = call.preferences.max_page_size.filter(|_| options.top.is_none());
        let page_size = match preferred {
            Some(size) => {
                call.applied.set(Some(Applied::MaxPageSize(size)));
                page_size.min(usize::try_from(size).unwrap_or(usize::MAX))
            }
            None => page_size,
        };
        let pager = pager(&options, call, page_size)?;
        Ok(Self { options, wanted, pager, search: None })
    }

    /// Reads the query of a call to the directory.
    ///
    /// # Errors
    /// When an option is not good, names what the type does not have, or asks what only an advanced query may.
    pub(crate) fn indexed(call: &Call<'_>, indexed: &Indexed) -> Result<Self, GraphError> {
        let mut options = call.options()?;
        let wanted = wanted::<E>(&options, call)?;
        let (pager, search) = indexed.bind(call, &mut options)?;
        Ok(Self { options, wanted, pager, search })
    }

    /// What `$filter` demands, for those who choose an index.
    pub(crate) const fn pager(&self) -> &Pager<E> {
        &self.pager
    }

    /// The same query, told how many principals of a kind there are where it asks for their number.
    pub(crate) fn counted(self, view: View<'_>, kind: PrincipalKind) -> Self {
        if !self.options.count || self.search.is_some() {
            return self;
        }
        Self { pager: self.pager.with_known_count(view.count(kind) as u64), ..self }
    }

    /// Fetches a page and writes it. `typed` items say what they are.
    pub(crate) fn answer<'r, I>(
        &self,
        call: &Call<'_>,
        context: &Context<'_>,
        seek: impl FnOnce(Option<u64>) -> I,
    ) -> Reply
    where
        I: IntoIterator<Item = (u64, E::Row<'r>)>,
    {
        let found = |(_, row): &(u64, E::Row<'r>)| self.search.as_ref().is_none_or(|search| search.matches(row));
        let page = self.pager.page(|after| seek(after).into_iter().filter(found));
        Reply::Ok(self.write(call, context, &page))
    }

    /// How many items match, as a bare number.
    ///
    /// # Errors
    /// Without the header that says that the answer may lag.
    pub(crate) fn count<'r>(
        call: &Call<'_>,
        indexed: &Indexed,
        rows: impl Iterator<Item = E::Row<'r>>,
    ) -> Result<Reply, GraphError> {
        let (filter, search) = counting::<E>(call, indexed)?;
        let is_counted = |row: &E::Row<'r>| {
            filter.as_ref().is_none_or(|filter| filter.matches(row))
                && search.as_ref().is_none_or(|search| search.matches(row))
        };
        Ok(Reply::Count(rows.filter(is_counted).count() as u64))
    }

    fn write(&self, call: &Call<'_>, context: &Context<'_>, page: &Page<E::Row<'_>>) -> Vec<u8> {
        let mut json = call.json(256 + page.items.len() * 900);
        json.open();
        context.describe::<E>(call, &self.wanted, false, &mut json);
        if let Some(count) = page.count {
            json.key("@odata.count");
            json.raw(&count.to_string());
        }
        if let Some(next) = &page.next {
            json.key("@odata.nextLink");
            json.text(&format!("{}?{}", call.url(context.path), self.options.next_query(next)));
        }
        json.key("value");
        json.raw("[");
        for row in &page.items {
            json.next();
            json.open();
            context.tell::<E>(call, &mut json);
            self.wanted.write::<E>(row, &mut json);
            json.close();
        }
        json.raw("]");
        json.close();
        json.into_bytes()
    }
}

/// How a collection is named in `@odata.context` and in the link to the next page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    /// After `$metadata#`.
    pub(crate) name: &'a str,
    /// The path below the version, for the next page.
    pub(crate) path: &'a str,
    /// Whether items say what they are.
    pub(crate) typed: bool,
}

impl<'a> Context<'a> {
    /// A collection whose name is its path.
    pub(crate) const fn at(path: &'a str) -> Self {
        Self { name: path, path, typed: false }
    }

    fn describe<E: Resource>(&self, call: &Call<'_>, wanted: &Wanted, single: bool, json: &mut Json) {
        let entity = if single { "/$entity" } else { "" };
        call.describe(&format!("{}{}{entity}", self.name, wanted.named::<E>()), json);
    }

    /// Writes of which type an object is, where there could be several or the client wants to know in any case. A type whose
    /// objects are of derived ones says so itself.
    fn tell<E: Resource>(&self, call: &Call<'_>, json: &mut Json) {
        if self.typed || (call.metadata == Metadata::Full && !E::IS_BASE) {
            json.kind(&format!("#{}", E::TYPE));
        }
    }
}

/// Writes one object as the whole answer. Only `$select` and `$expand` concern it.
///
/// # Errors
/// When they are not good.
pub(crate) fn single<E: Resource>(
    call: &Call<'_>,
    context: &Context<'_>,
    row: &E::Row<'_>,
) -> Result<Vec<u8>, GraphError> {
    let options = call.options()?;
    let wanted = wanted::<E>(&options, call)?;
    let mut json = call.json(1200);
    json.open();
    context.describe::<E>(call, &wanted, true, &mut json);
    context.tell::<E>(call, &mut json);
    wanted.write::<E>(row, &mut json);
    json.close();
    Ok(json.into_bytes())
}

fn wanted<E: Resource>(options: &QueryOptions, call: &Call<'_>) -> Result<Wanted, GraphError> {
    Ok(Wanted::of::<E>(options.select.as_deref(), options.expand.as_deref(), call.version)?)
}

/// The pager of a call, whose link may have expired and which may have to do with smaller pages.
fn pager<E: Entity>(options: &QueryOptions, call: &Call<'_>, page_size: usize) -> Result<Pager<E>, GraphError> {
    if options.skiptoken.is_some() && call.tenant.fate().expires_link() {
        return Err(QueryError::ExpiredPageToken.into());
    }
    let pager = Pager::new(options, page_size)?;
    let size = call.tenant.fate().page_size(pager.size());
    Ok(pager.with_size(size))
}

/// What has an order of its own takes neither.
fn without_skip_and_search(options: &QueryOptions) -> Result<(), GraphError> {
    if options.skip > 0 {
        return Err(GraphError::UnsupportedOption("$skip"));
    }
    if options.search.is_some() {
        return Err(GraphError::NotEmulated("$search".to_owned()));
    }
    Ok(())
}

/// What is counted of a type: what a filter lets through and a search finds.
pub(crate) type Counted<E> = (Option<Filter<E>>, Option<Search<E>>);

/// What a `$count` segment counts of a type.
///
/// # Errors
/// Without the header that says that the answer may lag, and when an option is not good.
pub(crate) fn counting<E: Entity>(call: &Call<'_>, indexed: &Indexed) -> Result<Counted<E>, GraphError> {
    if !call.consistency_is_eventual {
        return Err(GraphError::CountNeedsConsistencyLevel);
    }
    let options = call.options()?;
    let filter = options.filter.as_deref().map(Filter::parse).transpose()?;
    let search = options.search.as_deref().map(|text| Search::parse(text, indexed.searchable)).transpose()?;
    Ok((filter, search))
}
