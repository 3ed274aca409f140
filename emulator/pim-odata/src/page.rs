//! Cutting a collection into pages: one way for every collection.
//!
//! Items have keys that only grow. Without `$orderby` a page is cut where it is
//! full, and its token names the last key. With `$orderby` everything that matches
//! is put in order, by key where the order does not decide, and the token names
//! the values and the key of the last item. Either way the token says *after what*
//! the next page begins. Items that are added or removed between two pages, the
//! last one included, make no item appear twice and none be missed.

use std::fmt;

use crate::bind::Filter;
use crate::error::QueryError;
use crate::field::Entity;
use crate::literal::Literal;
use crate::options::QueryOptions;
use crate::order::Order;
use crate::token::SkipToken;

/// One page of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<R> {
    /// The items, in order.
    pub items: Vec<R>,
    /// The token of the next page, when there is more to see. See
    /// [`QueryOptions::next_query`].
    pub next: Option<String>,
    /// How many items match in all, on the first page, when asked for.
    pub count: Option<u64>,
}

/// A query that is ready to be asked of a collection.
pub struct Pager<E> {
    filter: Option<Filter<E>>,
    order: Option<Order<E>>,
    after: Option<SkipToken>,
    skip: u64,
    size: usize,
    count: bool,
    known_count: Option<u64>,
}

impl<E: Entity> Pager<E> {
    /// Binds `$filter` and `$orderby`, and reads `$skiptoken`. The page has the size
    /// of `$top`, or else the default; `usize::MAX` is a collection in one page.
    ///
    /// # Errors
    /// Those of the options bound here.
    pub fn new(options: &QueryOptions, default_page_size: usize) -> Result<Self, QueryError> {
        let filter = options.filter.as_deref().map(Filter::parse).transpose()?;
        let order = options.orderby.as_deref().map(Order::<E>::parse).transpose()?;
        let after = options.skiptoken.as_deref().map(SkipToken::parse).transpose()?;
        let expected = order.as_ref().map_or(0, Order::len);
        if after.as_ref().is_some_and(|token| token.values().len() != expected) {
            return Err(QueryError::ExpiredPageToken);
        }
        let top = options.top.and_then(|top| usize::try_from(top).ok());
        let first = after.is_none();
        Ok(Self {
            filter,
            order,
            after,
            // Both concern the collection as a whole, and were answered on the
            // first page; the next link repeats them all the same.
            skip: if first { options.skip } else { 0 },
            count: options.count && first,
            size: top.unwrap_or(default_page_size).max(1),
            known_count: None,
        })
    }

    /// Tells how many items the collection has, which spares counting them where
    /// no filter decides.
    #[must_use]
    pub fn with_known_count(self, count: u64) -> Self {
        Self { known_count: Some(count), ..self }
    }

    /// How many items a page has at most.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Makes pages of that size, whatever was asked for.
    #[must_use]
    pub fn with_size(self, size: usize) -> Self {
        Self { size: size.max(1), ..self }
    }

    /// What `name` must equal in every item of the answer. See [`Filter::equality`].
    pub fn equality(&self, name: &str) -> Option<&Literal> {
        self.filter.as_ref()?.equality(name)
    }

    /// Between which instants `name` lies in every item of the answer. See [`Filter::instants`].
    pub fn instants(&self, name: &str) -> (Option<i64>, Option<i64>) {
        self.filter.as_ref().map_or((None, None), |filter| filter.instants(name))
    }

    /// The filter, for a collection that insists on one.
    pub fn filter(&self) -> Option<&Filter<E>> {
        self.filter.as_ref()
    }

    /// The order, where one is asked for.
    pub fn order(&self) -> Option<&Order<E>> {
        self.order.as_ref()
    }

    /// Whether this is the first page: what follows was asked for by a link that the first page gave.
    pub fn is_first(&self) -> bool {
        self.after.is_none()
    }

    /// Fetches the page. `seek` is given the key after which to begin, or nothing
    /// for the beginning, and yields the items in ascending order of their keys.
    /// It may leave out items that cannot match, as an index does.
    pub fn page<'r, I>(&self, seek: impl FnOnce(Option<u64>) -> I) -> Page<E::Row<'r>>
    where
        I: IntoIterator<Item = (u64, E::Row<'r>)>,
    {
        let after = self.after.as_ref().and_then(SkipToken::after_key);
        let items = seek(after)
            .into_iter()
            // Costs next to nothing, and a caller that cannot seek need not.
            .skip_while(|(key, _)| after.is_some_and(|after| *key <= after))
            .filter(|(_, row)| self.filter.as_ref().is_none_or(|filter| filter.matches(row)));
        match &self.order {
            None => self.cut(items),
            Some(order) => self.sort(order, items.collect()),
        }
    }

    fn cut<'r>(&self, mut items: impl Iterator<Item = (u64, E::Row<'r>)>) -> Page<E::Row<'r>> {
        let mut seen = 0u64;
        let mut kept = Vec::new();
        let mut last = None;
        let mut next = None;
        for (key, row) in items.by_ref() {
            seen += 1;
            if seen <= self.skip {
                continue;
            }
            if kept.len() == self.size {
                next = last.map(|key| SkipToken::write(key, &[]));
                break;
            }
            last = Some(key);
            kept.push(row);
        }
        let count = self.count.then(|| match (&self.filter, self.known_count) {
            (None, Some(known)) => known,
            (Some(_), _) | (None, None) => seen + items.count() as u64,
        });
        Page { items: kept, next, count }
    }

    fn sort<'r>(&self, order: &Order<E>, mut items: Vec<(u64, E::Row<'r>)>) -> Page<E::Row<'r>> {
        let count = self.count.then_some(items.len() as u64);
        if let Some(token) = &self.after {
            items.retain(|(key, row)| {
                let place = order.compare_to_values(row, token.values());
                place.then(key.cmp(&token.key())).is_gt()
            });
        }
        let compare = |left: &(u64, E::Row<'r>), right: &(u64, E::Row<'r>)| {
            order.compare(&left.1, &right.1).then(left.0.cmp(&right.0))
        };
        let skip = usize::try_from(self.skip).unwrap_or(usize::MAX);
        let end = skip.saturating_add(self.size);
        let more = items.len() > end;
        if more {
            // Only the items up to the end of the page need be in order.
            items.select_nth_unstable_by(end, compare);
            items.truncate(end);
        }
        items.sort_unstable_by(compare);
        let next = items.last().filter(|_| more).map(|(key, row)| SkipToken::write(*key, &order.values(row)));
        let items = items.into_iter().skip(skip).map(|(_, row)| row).collect();
        Page { items, next, count }
    }
}

impl<E> fmt::Debug for Pager<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pager")
            .field("filter", &self.filter)
            .field("order", &self.order)
            .field("after", &self.after)
            .field("skip", &self.skip)
            .field("size", &self.size)
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}
