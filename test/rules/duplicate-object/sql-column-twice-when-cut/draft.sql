CREATE TABLE visit (
    id bigint PRIMARY KEY,
    a_rather_long_name_of_a_column_that_goes_on_and_on_until_it_is_cut_one integer,
    a_rather_long_name_of_a_column_that_goes_on_and_on_until_it_is_cut_two integer
);
