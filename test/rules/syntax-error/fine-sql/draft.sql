create function bump() returns trigger language plpgsql as $body$
begin
    new.rating := coalesce(new.rating, 0) + 1; -- it's; counted
    return new;
end
$body$;
create trigger bump before insert on place for each row execute function bump();
